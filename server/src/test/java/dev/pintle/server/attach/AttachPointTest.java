package dev.pintle.server.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachPointTest {
  private static final int PORT = 2379;
  private static final Duration STORE_MAX = Duration.ofMillis(100);

  @TempDir private Path folder;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<Void> settled = new CompletableFuture<>();

  private AttachPoint.Served serve(List<String> flags) {
    return new AttachPoint.Served() {
      @Override
      public String url() {
        return "https://" + String.join("/", flags);
      }

      @Override
      public CompletableFuture<Void> settled() {
        return settled;
      }

      @Override
      public void close() {
        closed.countDown();
      }
    };
  }

  private AttachSocket socket() {
    return AttachSocket.of(folder, PORT);
  }

  private AttachedProcess attach(String... flags) throws StartException {
    return AttachedProcess.start(socket(), PORT, List.of(flags), STORE_MAX);
  }

  private boolean isClosed() throws InterruptedException {
    return closed.await(10, TimeUnit.SECONDS);
  }

  @Test
  void whatAProcessAsksForIsServedUntilItEnds() throws Exception {
    try (AttachPoint _ = AttachPoint.open(socket(), this::serve)) {
      AttachedProcess process = attach("a", "b");
      assertThat(process.url()).isEqualTo("https://a/b");
      CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> await(process));
      process.close();
      assertThat(isClosed()).isTrue();
      ended.get(10, TimeUnit.SECONDS);
      try (AttachedProcess next = attach("c")) {
        assertThat(next.url()).isEqualTo("https://c");
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static void await(AttachedProcess process) {
    try {
      process.await();
    } catch (StartException ended) {
      throw new IllegalStateException(ended);
    }
  }

  @Test
  void theEndOfTheStoreIsToldAndNothingStays() throws Exception {
    AttachPoint point = AttachPoint.open(socket(), this::serve);
    AttachedProcess process = attach("a");
    point.close();
    assertThat(isClosed()).isTrue();
    assertThatThrownBy(process::await)
        .hasMessage("the etcd has ended, or serves no more (its log says why)");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatCannotGoOnEnds() throws Exception {
    try (AttachPoint _ = AttachPoint.open(socket(), this::serve)) {
      AttachedProcess process = attach("a");
      settled.completeExceptionally(new IllegalStateException("no room"));
      assertThat(isClosed()).isTrue();
      assertThatThrownBy(process::await)
          .hasMessage("the etcd has ended, or serves no more (its log says why)");
    }
  }

  @Test
  void aRefusalReachesTheProcessWithItsCode() throws Exception {
    AttachPoint.Opener refusing =
        _ -> {
          throw new StartException(ExitCode.ADDRESS, "taken");
        };
    try (AttachPoint _ = AttachPoint.open(socket(), refusing)) {
      assertThatThrownBy(() -> attach("a"))
          .isInstanceOfSatisfying(
              StartException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ExitCode.ADDRESS);
                assertThat(refused).hasMessage("taken");
              });
    }
  }

  @Test
  void withoutAStoreItIsToldWhatIsMissing() {
    assertThatThrownBy(() -> attach("a"))
        .hasMessageContaining(
            "no etcd of Pintle that serves a kube-apiserver listens at port 2379");
  }

  @Test
  void aSocketThatWasLeftBehindIsReplaced() throws Exception {
    Files.createDirectory(
        socket().path().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createFile(socket().path());
    try (AttachPoint _ = AttachPoint.open(socket(), this::serve)) {
      attach("a").close();
    }
  }

  @Test
  void aFolderThatOthersMayEnterIsRefused() throws Exception {
    Files.createDirectory(
        socket().path().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    assertThatThrownBy(() -> AttachPoint.open(socket(), this::serve))
        .hasMessageContaining("expected: a folder of this user alone, with mode 700");
  }
}
