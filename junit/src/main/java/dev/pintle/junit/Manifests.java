package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import java.util.ArrayList;
import java.util.List;

/// The objects that manifests describe, read once and applied to any number of servers.
///
/// A manifest is YAML of any number of documents, or JSON; a `List` counts as its items. They are applied in an order that works: definitions
/// of custom resources first, each served when the next step begins; then namespaces, then accounts, roles and configuration, then all others,
/// and admission policies and webhooks last; among equals in the order of files and documents. What is refused is tried again after the
/// others, as long as any is taken. Each is applied as `kubectl apply --server-side --force-conflicts` does, by the manager `pintle-junit`, so that
/// it does not matter whether it is there; one that has a `generateName` alone is created.
public final class Manifests {
  private final List<ManifestDocument> documents;

  private Manifests(List<ManifestDocument> documents) {
    this.documents = List.copyOf(documents);
  }

  /// Manifests by the class loader of the thread.
  ///
  /// @param places folders and files of the class path (`crds/`); what is not there is looked for in the file system, from the folder that the
  ///     JVM was started in. Of a folder its files `*.yaml`, `*.yml` and `*.json` in the order of their names are read, but for a
  ///     `kustomization.yaml`, and no folder within
  /// @throws PintleTestException when there is nothing, or what is there is no manifest
  public static Manifests of(String... places) {
    return of(Thread.currentThread().getContextClassLoader(), List.of(places));
  }

  /// Manifests of a text.
  ///
  /// @throws PintleTestException when it is no manifest
  public static Manifests ofText(String yaml) {
    return new Manifests(ManifestDocument.read("the text", yaml));
  }

  static Manifests of(ClassLoader loader, List<String> places) {
    List<ManifestDocument> documents = new ArrayList<>();
    for (String place : places) {
      for (ManifestFiles.Found found : new ManifestFiles(loader).find(place)) {
        documents.addAll(ManifestDocument.read(found.name(), found.text()));
      }
    }
    return new Manifests(documents);
  }

  /// These, then others.
  Manifests and(Manifests more) {
    List<ManifestDocument> both = new ArrayList<>(documents);
    both.addAll(more.documents);
    return new Manifests(both);
  }

  static Manifests none() {
    return new Manifests(List.of());
  }

  /// Applies them, as the administrator; when this returns, the types that they define are served.
  ///
  /// @throws PintleTestException when one is refused or its kind is not served, with the server's words; those before it stay
  public void applyTo(PintleServer server) {
    if (!documents.isEmpty()) {
      try (AdminConnection connection = new AdminConnection(server)) {
        new ManifestRun(connection).apply(documents);
      }
    }
  }
}
