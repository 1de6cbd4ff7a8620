/** The pixels of a picture, in a worker; null where there is no canvas to be had. */
export function pixelsOf(picture: ImageBitmap): ImageData | null {
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height);
}
