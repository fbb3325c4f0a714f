/**
 * Text that comes in pieces, cut anywhere → its lines, each with its line end; only the last may have none. No more
 * than a piece and the line it cuts is held at a time.
 */
export function* lines(pieces: Iterable<string>): Generator<string> {
  let cut = "";
  for (const piece of pieces) {
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
