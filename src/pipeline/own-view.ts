const { setInt32, getInt32, setUint32, setFloat64 } = DataView.prototype;

/**
 * A view whose methods are those of when the preload started, whatever the application has put in
 * their place: they are found here first, and inlined as ever.
 */
export class OwnView extends DataView<ArrayBufferLike> {}
Object.assign(OwnView.prototype, { setInt32, getInt32, setUint32, setFloat64 });
