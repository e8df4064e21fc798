let tell: () => void = () => undefined

/** Kept when the mission is drawn for the first time. */
const drawn = new Promise<void>((resolve) => {
  tell = resolve
})
/** On a phone, and when something goes wrong, nothing is drawn; what waits comes all the same. Milliseconds. */
const longest = 1_500

/** Says that the mission stands there. */
export function tellDrawn(): void {
  tell()
}

/** Fetches a part of the page that is there from the start but that nobody can want before there is something to see. */
export async function afterFirst<Part>(load: () => Promise<Part>): Promise<Part> {
  await Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, longest))])
  return load()
}
