/// The identity of a client by its certificate.
@NullMarked
package dev.pintle.compat.certificate;

import org.jspecify.annotations.NullMarked;
