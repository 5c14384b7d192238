/// The controllers of CertificateSigningRequests: who approves those of kubelets, who issues what was approved, and who removes what is
/// old.
@NullMarked
package dev.pintle.kube.signing;

import org.jspecify.annotations.NullMarked;
