declare module '@cornerstonejs/codec-openjpeg/decode' {
  /** What the decoder says of the image it decoded. A frame of 0 × 0 is its way to say that it could not. */
  export interface FrameInfo {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
  }

  export interface J2KDecoder {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    getFrameInfo(): FrameInfo;
    delete(): void;
  }

  export interface OpenJpeg {
    readonly J2KDecoder: new () => J2KDecoder;
  }

  const load: (options: { print?: (line: string) => void; printErr?: (line: string) => void }) => Promise<OpenJpeg>;
  export default load;
}
