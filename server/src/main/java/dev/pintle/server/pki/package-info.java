/// Pintle's own certificate authorities: one for the Kubernetes port and one for the etcd port, made at the first start and kept.
///
/// [Pki] and [EtcdPki] are the entries for a start, [Renewal] for whoever wants all made anew. Certificates are written by
/// [CertificateBuilder] for [CertificateMaker], and for [AuthorityIssuer] once somebody may have one that was asked for at the Kubernetes
/// port; the JDK signs them and reads them. [UserPem] reads what a user brings.
@NullMarked
package dev.pintle.server.pki;

import org.jspecify.annotations.NullMarked;
