/** What this process prints while a work goes on; it is printed all the same. */
export async function overhear<T> (work: () => Promise<T>): Promise<{ result: T, printed: string }> {
  const streams = [process.stdout, process.stderr]
  const originals = streams.map(stream => stream.write)
  let printed = ''
  for (const [index, stream] of streams.entries()) {
    const write = originals[index]
    stream.write = function (this: NodeJS.WriteStream, ...parts: Parameters<typeof stream.write>) {
      printed += String(parts[0])
      return write ? Reflect.apply(write, stream, parts) : true
    } as typeof stream.write // the overloads of write differ in their callback only
  }
  try {
    return { result: await work(), printed }
  } finally {
    for (const [index, stream] of streams.entries()) {
      const write = originals[index]
      if (write) stream.write = write
    }
  }
}
