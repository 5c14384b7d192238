/// Pintle's own certificate authority: one per data folder, made at the first start and kept.
///
/// [Pki] is the entry. A start that finds everything valid reads files and loads nothing of the certificate library; that
/// library is touched by [CertificateMaker] alone.
@NullMarked
package dev.pintle.server.pki;

import org.jspecify.annotations.NullMarked;
