/// The promises of objects that this server does not keep: [UnservedFeatures] names each such promise once, for the
/// warnings of writes, for `/readyz?verbose` and for whoever starts the program. Beside it, [DeprecatedAnnotation]:
/// what it still keeps though nobody should ask for it.
@NullMarked
package dev.pintle.kube.enforcement;

import org.jspecify.annotations.NullMarked;
