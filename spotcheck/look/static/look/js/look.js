// Our own script, on every page. Everything works without it, only slower.

import "./dialogs.js";
import "./drafts.js";
import "./forms.js";
import "./frame.js";
import "./idle.js";
import "./keys.js";
import "./lines.js";
import "./proofs.js";
import "./scans.js";
import "./uploads.js";
