const { setInt32, getInt32, setUint32, setFloat64 } = DataView.prototype;

/**
 * A view whose methods are those of when the preload started, whatever the application has put in
 * their place: they are found here first, and inlined as ever.
 */
export class OwnView extends DataView<ArrayBufferLike> {
  // Not the default one: it iterates its arguments by what the application may have replaced (Node 20).
  constructor(buffer: ArrayBufferLike, offset = 0, length = buffer.byteLength - offset) {
    super(buffer, offset, length);
  }
}
Object.assign(OwnView.prototype, { setInt32, getInt32, setUint32, setFloat64 });
