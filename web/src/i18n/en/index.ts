// The English catalogue; its shape types every key of the interface.
import common from "./common.json";
import session from "./session.json";
import shell from "./shell.json";
import ui from "./ui.json";

const catalogue = { common, session, shell, ui };

export default catalogue;
