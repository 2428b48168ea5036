import { offerCopies } from "./copy.ts";
import { keepLive } from "./live.ts";

keepLive();
offerCopies();
