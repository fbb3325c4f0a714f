import { RARE } from "./animals.ts";
import { watchEach } from "./watch-each.ts";

watchEach(RARE);
