// A form that was too old: straight back to it, when this window still has what was typed into it.

import { isKept } from "./kept.js";
import { find } from "./page.js";

const back = find("[data-back]");
if (back && isKept(back.pathname + back.search)) location.replace(back.href);
