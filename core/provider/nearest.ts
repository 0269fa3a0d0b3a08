/** The known word closest to a mistyped one; undefined when none is close enough to be meant. */
export function findNearest (word: string, known: readonly string[]): string | undefined {
  const ranked = known.map(candidate => ({ candidate, distance: editDistance(word, candidate) })).sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined
}

/** Levenshtein distance, one row at a time. */
export function editDistance (from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let line = 1; line <= from.length; line++) row = nextRow(row, line, from[line - 1] ?? '', to)
  return row[to.length] ?? 0
}

function nextRow (above: number[], line: number, letter: string, to: string): number[] {
  const row = [line]
  for (let column = 1; column <= to.length; column++) {
    const replaced = (above[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1)
    row.push(Math.min(replaced, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1))
  }
  return row
}
