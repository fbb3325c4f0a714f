import { COMMON } from "./animals.ts";
import { watchEach } from "./watch-each.ts";

watchEach(COMMON);
