package dev.pintle.compat.published;

import dev.pintle.compat.twin.TwinPair;
import dev.pintle.compat.twin.TwinRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The definitions and samples of one project on their way through both servers, which have nothing of it afterwards.
final class ProjectRun {
  private static final String YAML = "application/yaml";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final int NOT_FOUND = 404;
  private static final String MERGE = "application/merge-patch+json";

  private final TwinPair pair;
  private final Project project;
  private final Map<Step, Tally> tallies = Step.tallies();
  private int unread;

  ProjectRun(TwinPair pair, Project project) {
    this.pair = pair;
    this.project = project;
  }

  Map<Step, Tally> tallies() {
    return tallies;
  }

  /// @param folder of the module
  void send(Path folder) throws IOException, InterruptedException {
    Manifests published = Manifests.withoutTemplates(folder, project.definitions());
    Manifests objects = Manifests.of(folder, project.samples());
    unread = published.unread() + objects.unread();
    List<Definition> made = new ArrayList<>();
    for (Manifest manifest : published.read()) {
      if (manifest.kind().equals(Definition.KIND)
          && tell(Step.DEFINITION, manifest, post(Definition.COLLECTION, manifest))) {
        made.add(new Definition(manifest));
      }
    }
    for (Definition one : made) {
      // A server serves what it has settled.
      tell(Step.SETTLED, one.manifest(), get("{{settled " + one.path() + "}}" + one.path(), ""));
    }
    make(made, objects.read());
    forget(made);
  }

  private void make(List<Definition> all, List<Manifest> objects)
      throws IOException, InterruptedException {
    Set<String> ready = new TreeSet<>();
    for (Manifest sample : objects) {
      Optional<Definition> found = all.stream().filter(one -> one.defines(sample)).findFirst();
      if (found.isPresent()) {
        String collection = found.get().collection(sample);
        if (ready.add(collection)) {
          prepare(sample, found.get().everywhere(sample));
        }
        boolean made = tell(Step.SAMPLE, sample, post(collection, sample));
        if (sample.name().isEmpty()) {
          // The servers draw names of their own.
          pair.ask(request("", "DELETE", collection, "", ""));
        } else {
          if (made) {
            tell(Step.TABLE, sample, get(collection, TABLE));
          }
          remove(collection + "/" + Definition.inPath(sample.name()), sample.hasFinalizers());
        }
      }
    }
  }

  private void prepare(Manifest sample, String everywhere)
      throws IOException, InterruptedException {
    String body = "{\"metadata\": {\"name\": \"%s\"}}".formatted(sample.namespace());
    pair.ask(request(sample.place(), "POST", "/api/v1/namespaces", "application/json", body));
    pair.ask(get("{{served " + everywhere + "}}" + everywhere, ""));
  }

  private void remove(String path, boolean hasFinalizers) throws IOException, InterruptedException {
    pair.ask(request("", "DELETE", path, "", ""));
    if (hasFinalizers) {
      pair.ask(request("", "PATCH", path, MERGE, "{\"metadata\": {\"finalizers\": null}}"));
    }
  }

  private void forget(List<Definition> all) throws IOException, InterruptedException {
    for (Definition one : all) {
      pair.ask(request("", "DELETE", one.path(), "", ""));
    }
    for (Definition one : all) {
      // The real server may take its time.
      TwinPair.Compared compared = pair.ask(get("{{gone " + one.path() + "}}" + one.path(), ""));
      if (compared.status() == NOT_FOUND) {
        add(Step.GONE, one.manifest(), compared);
      }
    }
  }

  /// Whether the real server took it.
  private boolean tell(Step step, Manifest manifest, TwinRequest request)
      throws IOException, InterruptedException {
    TwinPair.Compared compared = pair.ask(request);
    add(step, manifest, compared);
    return compared.status() < 300;
  }

  private void add(Step step, Manifest manifest, TwinPair.Compared compared) {
    String what =
        "%s: %s %s %s".formatted(step.title(), project.name(), manifest.place(), manifest.name());
    Tally.of(tallies, step).add(what, compared.status(), compared.differences());
  }

  private static TwinRequest post(String path, Manifest manifest) {
    return request(manifest.place(), "POST", path, YAML, manifest.text());
  }

  private static TwinRequest get(String path, String accept) {
    return new TwinRequest(
        path,
        "",
        "GET",
        path,
        accept.isEmpty() ? List.of() : List.of(new TwinRequest.Header("Accept", accept)),
        "",
        Optional.empty());
  }

  private static TwinRequest request(
      String place, String method, String path, String contentType, String body) {
    List<TwinRequest.Header> headers =
        body.isEmpty() ? List.of() : List.of(new TwinRequest.Header("Content-Type", contentType));
    return new TwinRequest(place, "", method, path, headers, body, Optional.empty());
  }

  @Override
  public String toString() {
    return "%s: %s%s"
        .formatted(
            project.name(),
            Tally.text(tallies),
            unread == 0 ? "" : "; %d files that are no YAML".formatted(unread));
  }
}
