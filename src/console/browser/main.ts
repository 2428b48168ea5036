import { offerCopies } from "./copy.ts";
import { followOnce } from "./follow.ts";
import { filterTiles } from "./filter.ts";
import { keepLive } from "./live.ts";

keepLive();
filterTiles();
offerCopies();
followOnce();
