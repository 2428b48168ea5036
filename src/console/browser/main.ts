import { offerCopies } from "./copy.ts";
import { findAsTyped } from "./find.ts";
import { followOnce } from "./follow.ts";
import { filterTiles } from "./filter.ts";
import { checkForms } from "./form.ts";
import { keepLive } from "./live.ts";
import { openOverlays } from "./overlay.ts";
import { leadToFaults } from "./refused.ts";
import { addRows } from "./rows.ts";

keepLive();
filterTiles();
offerCopies();
followOnce();
checkForms();
addRows();
findAsTyped();
openOverlays();
leadToFaults();
