/// Plain bytes in and out: a growing [ByteWriter], a [ByteReader] that never reads beyond its bounds. What is written with
/// them (commands, stored records, index images) lives beside its meaning, not here.
@NullMarked
package dev.pintle.kernel.codec;

import org.jspecify.annotations.NullMarked;
