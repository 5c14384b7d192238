package dev.pintle.compat.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.twin.RealPair;
import dev.pintle.compat.twin.TrustAnyone;
import dev.pintle.compat.twin.TwinPair;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// What known projects publish is answered as the real server answers it: definitions when they are made and once they are settled,
/// samples when they are made, and as they are listed.
///
/// `-Dpintle.published=all` sends all projects of the list, `-Dpintle.published=WORD,WORD` those with such names;
/// `-Dpintle.published.report=FILE` says where the differences go.
class PublishedTwinIT {
  private static final Path LIST = Path.of("src/test/published/projects.txt");
  private static final String ASKED = System.getProperty("pintle.published", "");
  private static final Path REPORT =
      Path.of(System.getProperty("pintle.published.report", "target/published.txt"));

  @TempDir private Path data;

  private final List<String> lines = new ArrayList<>();
  private final Map<Step, Tally> tallies = Step.tallies();
  private int judged;

  @Test
  void whatProjectsPublishIsAnsweredAlike() throws Exception {
    Peers.require("kube-apiserver");
    List<Project> projects = Project.read(LIST).stream().filter(PublishedTwinIT::isAsked).toList();
    assertThat(projects).isNotEmpty();
    try (RealPair real = RealPair.start(data.resolve("real"));
        RunningPintle pintle =
            RunningPintle.alone(
                data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
        HttpClient client = TrustAnyone.client()) {
      TwinPair pair = TwinPair.of(real, pintle, client);
      for (Project project : projects) {
        send(pair, project);
      }
    } finally {
      report(projects.size());
    }
    requireAny();
    assertThat(differing()).isEmpty();
  }

  private static boolean isAsked(Project project) {
    return switch (ASKED) {
      case "" -> project.always();
      case "all" -> true;
      default -> Stream.of(ASKED.split(",", -1)).anyMatch(project.name()::contains);
    };
  }

  private void send(TwinPair pair, Project project) throws IOException, InterruptedException {
    switch (project.module().locate()) {
      case GoModule.Place.Missing missing -> tell("not judged by " + missing.reason());
      case GoModule.Place.Found found -> {
        ProjectRun run = new ProjectRun(pair, project);
        long began = System.nanoTime();
        run.send(found.folder());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        judged++;
        run.tallies().forEach((step, tally) -> Tally.of(tallies, step).add(tally));
        tell("%s (%d ms)".formatted(run, took.toMillis()));
      }
    }
  }

  private void tell(String line) {
    System.err.println("published: " + line);
    lines.add(line);
  }

  private void report(int asked) throws IOException {
    tell("%d of %d projects: %s".formatted(judged, asked, Tally.text(tallies)));
    lines.addAll(differing());
    Files.write(REPORT, lines);
  }

  private List<String> differing() {
    return tallies.values().stream().flatMap(tally -> tally.differing().stream()).toList();
  }

  private void requireAny() {
    if (judged == 0) {
      throw new TestAbortedException(String.join("\n", lines));
    }
  }
}
