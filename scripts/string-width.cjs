/**
 * What a bundle has in place of the package string-width: the package itself is loaded when a text needs it. To make ready for
 * any emoji and any script takes it, and three other packages that bring it, as long as a whole analysis; our screens are of
 * characters that all take one column.
 */

/** ASCII, Latin, typographic signs, arrows, mathematical signs, and what bars and tables are drawn of; nothing that combines. */
const ONE_COLUMN_EACH = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u2500-\u25b6✓]*$/;

module.exports = (text, options) => (ONE_COLUMN_EACH.test(text) ? text.length : require("string-width").default(text, options));
