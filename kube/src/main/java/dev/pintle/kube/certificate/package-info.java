/// Requests for certificates as they are written: [PemBlock] finds them in text, [Asn1Reader] takes their structure apart with
/// Go's words for what is wrong, and [SigningRequest] knows whom one is for and whether it is signed by the key that it names. Nothing
/// here writes certificates: [CertificateIssuer] is whoever does.
@NullMarked
package dev.pintle.kube.certificate;

import org.jspecify.annotations.NullMarked;
