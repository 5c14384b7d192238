package dev.pintle.server.config;

import dev.pintle.kube.AdmissionSelection;

/// The choice of admission plugins.
///
/// @param file the path of their configuration as the user wrote it; empty for none
public record AdmissionSettings(String file, AdmissionSelection selection) {
  public static final AdmissionSettings DEFAULT =
      new AdmissionSettings("", AdmissionSelection.DEFAULT);
}
