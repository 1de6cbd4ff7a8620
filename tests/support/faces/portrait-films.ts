import type { GreyImage } from '../../../renderer/mrz-camera/grey-image.ts';
import { drawnFilms } from './attack-films.ts';
import { drawnLuma } from './drawn-luma.ts';
import type { DrawnPerson } from './drawn-person.ts';

/** One of the drawn portraits as the person of a drawn film, so that the model finds a face in it. */
export async function portraitPerson(name: string): Promise<DrawnPerson> {
  const { width, luma } = await drawnLuma(name);
  // As `drawnLuma` lays it: 440 high, from 150 and 20 on; every second point is enough.
  const picture: GreyImage = { width: 170, height: 220, luma: new Uint8Array(170 * 220) };
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++)
      picture.luma[y * picture.width + x] = luma[(20 + 2 * y) * width + 150 + 2 * x] ?? 0;
  const eyes = { right: { x: 60, y: 92 }, left: { x: 110, y: 92 } };
  return { picture, mask: new Uint8Array(picture.luma.length).fill(1), eyes };
}

/** The pictures of a drawn film of that person, twice as large: as near as a kiosk's camera has whoever stands there. */
export function filmPictures(person: DrawnPerson, name: string): readonly GreyImage[] {
  const film = drawnFilms(person).find((each) => each.name === name);
  if (film === undefined) throw new RangeError(`no film: ${name}`);
  return film.pictures.map(({ image }) => doubled(image));
}

function doubled({ width, height, luma }: GreyImage): GreyImage {
  const large = new Uint8Array(4 * luma.length);
  for (let y = 0; y < 2 * height; y++)
    for (let x = 0; x < 2 * width; x++) large[y * 2 * width + x] = luma[(y >> 1) * width + (x >> 1)] ?? 0;
  return { width: 2 * width, height: 2 * height, luma: large };
}
