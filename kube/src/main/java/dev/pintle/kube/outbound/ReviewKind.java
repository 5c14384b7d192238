package dev.pintle.kube.outbound;

import java.util.List;

/// The kind of review that a webhook is sent and answers with.
///
/// @param versions of the group that are known, whichever is asked for
/// @param answerBytesMax of one answer
public record ReviewKind(String group, List<String> versions, String kind, int answerBytesMax) {
  /// A patch that makes the largest object anew, in the digits in which it comes, and what is said beside it.
  private static final int ADMISSION_BYTES_MAX = 6 << 20;

  public static final ReviewKind ADMISSION =
      new ReviewKind(
          "admission.k8s.io", List.of("v1", "v1beta1"), "AdmissionReview", ADMISSION_BYTES_MAX);
  public static final ReviewKind CONVERSION =
      new ReviewKind(
          "apiextensions.k8s.io", List.of("v1", "v1beta1"), "ConversionReview", Integer.MAX_VALUE);

  public ReviewKind {
    versions = List.copyOf(versions);
  }
}
