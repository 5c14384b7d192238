/// Pintle's own certificate authorities: one for the Kubernetes port and one for the etcd port, made at the first start and kept.
///
/// [Pki] and [EtcdPki] are the entries for a start, [Renewal] for whoever wants all made anew. A start that finds everything valid
/// reads files and loads nothing of the certificate library; that library is touched by [CertificateMaker], by [UserPem] for
/// certificates that a user brings, and by [AuthorityIssuer] once somebody may have a certificate that was asked for at the Kubernetes port.
@NullMarked
package dev.pintle.server.pki;

import org.jspecify.annotations.NullMarked;
