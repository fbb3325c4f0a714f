/**
 * Text that comes in pieces, cut anywhere → its lines, each with `\n` behind it; only the last may have none. Lines end in
 * LF, CRLF or CR alone, as an old spreadsheet writes it. No more than a piece and the line it cuts is held at a time.
 */
export function* lines(pieces: Iterable<string>): Generator<string> {
  let cut = "";
  for (const piece of withLineFeeds(pieces)) {
    if (!piece.includes("\n")) {
      cut += piece; // not searched again and again: a line may be as long as the file
      continue;
    }
    const text = cut + piece;
    let begin = 0;
    for (let end = text.indexOf("\n", cut.length); end >= 0; end = text.indexOf("\n", begin)) {
      yield text.slice(begin, end + 1);
      begin = end + 1;
    }
    cut = text.slice(begin);
  }
  if (cut !== "") yield cut;
}

/** A CR at the end of a piece waits for the next: it may be half of a CRLF. */
function* withLineFeeds(pieces: Iterable<string>): Generator<string> {
  let held = "";
  for (const piece of pieces) {
    const text = held + piece;
    held = text.endsWith("\r") ? "\r" : "";
    const whole = held === "" ? text : text.slice(0, -1);
    yield whole.includes("\r") ? whole.replaceAll(/\r\n?/g, "\n") : whole;
  }
  if (held !== "") yield "\n";
}
