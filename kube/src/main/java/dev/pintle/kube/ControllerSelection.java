package dev.pintle.kube;

import dev.pintle.kube.controller.ClusterRoleAggregation;
import dev.pintle.kube.controller.DefaultServiceAccount;
import dev.pintle.kube.controller.LegacyTokenCleanerController;
import dev.pintle.kube.controller.NamespaceController;
import dev.pintle.kube.controller.PolicyStatusController;
import dev.pintle.kube.controller.RootCertificates;
import dev.pintle.kube.controller.ServiceAccountTokenController;
import dev.pintle.kube.controller.TtlAfterFinishedController;
import dev.pintle.kube.controller.UsedClaims;
import dev.pintle.kube.controller.UsedVolumeAttributesClasses;
import dev.pintle.kube.controller.UsedVolumes;
import dev.pintle.kube.endpoint.EndpointSliceController;
import dev.pintle.kube.endpoint.EndpointSliceMirroringController;
import dev.pintle.kube.endpoint.EndpointsController;
import dev.pintle.kube.garbage.GarbageCollector;
import dev.pintle.kube.quota.QuotaController;
import dev.pintle.kube.signing.CertificateApproval;
import dev.pintle.kube.signing.CertificateCleaner;
import dev.pintle.kube.signing.CertificateSigning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The choice of those controllers of a cluster that the server runs itself, beside what it could not do without, in the form of
/// kube-controller-manager's `--controllers`.
///
/// @param names each of `*` for all, `NAME` for one that is on, `-NAME` for one that is off, `-*` for none; what names a controller counts
///     before `*`
public record ControllerSelection(List<String> names) {
  /// The controllers that there are.
  public static final Set<String> KNOWN =
      new TreeSet<>(
          List.of(
              CertificateApproval.CONTROLLER,
              CertificateCleaner.CONTROLLER,
              CertificateSigning.CONTROLLER,
              ClusterRoleAggregation.NAME,
              GarbageCollector.NAME,
              LegacyTokenCleanerController.NAME,
              NamespaceController.NAME,
              PolicyStatusController.NAME,
              QuotaController.NAME,
              DefaultServiceAccount.CONTROLLER,
              EndpointSliceController.NAME,
              EndpointSliceMirroringController.NAME,
              EndpointsController.NAME,
              RootCertificates.CONTROLLER,
              ServiceAccountTokenController.NAME,
              TtlAfterFinishedController.NAME,
              UsedVolumeAttributesClasses.CONTROLLER,
              UsedClaims.CONTROLLER,
              UsedVolumes.CONTROLLER));

  public static final ControllerSelection ALL = new ControllerSelection(List.of("*"));
  public static final ControllerSelection NONE = new ControllerSelection(List.of("-*"));

  public ControllerSelection {
    names = List.copyOf(names);
    for (String each : names) {
      String name = each.startsWith("-") ? each.substring(1) : each;
      if (!name.equals("*") && !KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "--controllers: %s (expected: *, -*, NAME or -NAME of %s)"
                .formatted(each, String.join(", ", KNOWN)));
      }
    }
  }

  /// @param text names with commas between them
  public static ControllerSelection parse(String text) {
    List<String> names = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      names.add(each.strip());
    }
    return new ControllerSelection(names);
  }

  /// Whether a controller is to run.
  public boolean isOn(String name) {
    if (names.contains("-" + name)) {
      return false;
    }
    return names.contains(name) || names.contains("*");
  }

  @Override
  public String toString() {
    return String.join(",", names);
  }
}
