/// Requests for certificates as they are written: [PemBlock] finds them in text, [DerReader] takes their structure apart, and
/// [SigningRequest] knows whom one is for and whether it is signed by the key that it names.
@NullMarked
package dev.pintle.kube.certificate;

import org.jspecify.annotations.NullMarked;
