package dev.pintle.embed;

import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.verb.PastObjects;
import dev.pintle.server.Program;
import java.util.Optional;
import java.util.function.Function;

/// The objects of a server as they were at one revision, read by anybody at any time until the revision is compacted.
///
/// Objects are named by the paths of the API, and answered in the version of the path: JSON as the server would have answered it then.
/// Types are those that are served now: what was of a definition that is gone cannot be asked for.
public final class PastContent {
  private static final int GONE = 410;

  private final Program program;
  private final long revision;

  PastContent(Program program, long revision) {
    this.program = program;
    this.revision = revision;
  }

  /// The moment that is read.
  public long revision() {
    return revision;
  }

  /// An object, as JSON; empty when there was none of that name.
  ///
  /// @param path such as `/api/v1/namespaces/default/configmaps/mine`
  /// @throws IllegalArgumentException when it does not name an object of a type that is served
  /// @throws CompactedRevisionException when the history of that time is gone
  public Optional<String> object(String path) {
    return read(path, past -> past.object(path, revision));
  }

  /// A collection, as the JSON of a list, in the order of the names.
  ///
  /// @param path such as `/apis/apps/v1/deployments`, of all namespaces; a query may have a `labelSelector` and a `fieldSelector`
  /// @throws IllegalArgumentException when it does not name a collection of a type that is served
  /// @throws CompactedRevisionException when the history of that time is gone
  public String list(String path) {
    return read(path, past -> past.list(path, revision));
  }

  private <T> T read(String path, Function<PastObjects, T> reading) {
    try {
      return reading.apply(program.past().orElseThrow());
    } catch (StatusError refused) {
      int code = refused.status().code();
      if (code == GONE) {
        throw new CompactedRevisionException(revision, program.member().view().compactedRevision());
      }
      if (code >= 500) {
        throw new IllegalStateException(refused.getMessage(), refused);
      }
      throw new IllegalArgumentException("%s: %s".formatted(path, refused.getMessage()), refused);
    }
  }

  /// Of when it is; nothing of what it holds.
  @Override
  public String toString() {
    return "PastContent[%d]".formatted(revision);
  }
}
