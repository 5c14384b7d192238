package dev.pintle.server;

import dev.pintle.etcd.http.HttpAccess;
import dev.pintle.server.config.Endpoint;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.EtcdAccess.TlsFiles;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.Credential;
import dev.pintle.server.pki.EtcdPki;
import dev.pintle.server.pki.PkiLock;
import dev.pintle.server.pki.Revocations;
import dev.pintle.server.pki.SelfSignedFiles;
import dev.pintle.server.pki.UserPem;
import dev.pintle.wire.tls.Security;
import dev.pintle.wire.tls.TlsConfig;
import dev.pintle.wire.tls.TlsConfig.ClientAuth;
import dev.pintle.wire.tls.TlsIdentity;
import dev.pintle.wire.tls.TlsRules;
import dev.pintle.wire.tls.TlsTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The identity of the etcd port, and whom it hears.
final class EtcdSecurity {
  private final @Nullable Path folder;
  private final Endpoint at;
  private final EtcdAccess access;
  private final @Nullable TlsTerms terms;

  /// Of the user's own files.
  private @Nullable TlsFilesCare care;

  /// Ours; none where the port has others' or none.
  private volatile @Nullable EtcdPki pki;

  private EtcdSecurity(@Nullable Path folder, Endpoint at, EtcdAccess access)
      throws IOException, GeneralSecurityException, StartException {
    this.folder = folder;
    this.at = at;
    this.access = access;
    this.terms =
        switch (access) {
          case EtcdAccess.Certificates _ -> new TlsTerms(ofOurs());
          case EtcdAccess.ClearText _ -> null;
          case EtcdAccess.LikeEtcd etcd -> {
            care =
                etcd.tls().isPresent()
                    ? new TlsFilesCare(madeIfNeeded(etcd.tls().get()), EtcdSecurity::ofUsers)
                    : null;
            yield care == null ? null : care.terms();
          }
        };
  }

  /// The caller holds the right to change the credentials, where they are ours.
  ///
  /// @param folder that of all credentials
  static EtcdSecurity open(Path folder, Endpoint at, EtcdAccess access)
      throws IOException, GeneralSecurityException, StartException {
    return new EtcdSecurity(folder, at, access);
  }

  /// As [#open], by credentials that nobody keeps, where they are ours.
  static EtcdSecurity passing(Endpoint at, EtcdAccess access)
      throws IOException, GeneralSecurityException, StartException {
    return new EtcdSecurity(null, at, access);
  }

  /// Shows and believes from now on what the files hold now, where there are some.
  void reopen() throws IOException, GeneralSecurityException, StartException {
    if (folder != null && terms != null && access instanceof EtcdAccess.Certificates) {
      TlsConfig renewed;
      try (PkiLock _ = PkiLock.take(folder)) {
        renewed = ofOurs();
      }
      terms.renew(renewed);
    }
  }

  Endpoint at() {
    return at;
  }

  /// The credentials, where they are ours.
  Optional<EtcdPki> pki() {
    return Optional.ofNullable(pki);
  }

  String scheme() {
    return terms == null ? "http" : "https";
  }

  Security wire() {
    return wire(true, false);
  }

  /// @param secure whether clients may speak TLS
  /// @param clear whether they may speak without
  Security wire(boolean secure, boolean clear) {
    TlsTerms agreed = terms;
    if (agreed == null || !secure) {
      return Security.PLAINTEXT;
    }
    return clear ? new Security.Either(agreed) : new Security.Tls(agreed);
  }

  /// In Prometheus' text form.
  String metrics() {
    TlsFilesCare of = care;
    return of == null ? "" : of.metrics();
  }

  EtcdAccess access() {
    return access;
  }

  HttpAccess http() {
    return http(terms != null);
  }

  /// With TLS the name that a request is for was proved already.
  ///
  /// @param secure whether all clients speak TLS
  HttpAccess http(boolean secure) {
    Set<String> anyHost = Set.of(HttpAccess.ANY);
    return switch (access) {
      case EtcdAccess.Certificates _ -> new HttpAccess.NoPages(anyHost);
      case EtcdAccess.ClearText _ ->
          new HttpAccess.NoPages(Set.of(at.host().toLowerCase(Locale.ROOT)));
      case EtcdAccess.LikeEtcd etcd ->
          new HttpAccess.LikeEtcd(
              secure ? anyHost : etcd.hosts(), etcd.origins(), etcd.serving().gateway());
    };
  }

  /// What a client needs to be let in.
  Optional<EtcdPki.ClientFiles> clientFiles() {
    return folder != null && access instanceof EtcdAccess.Certificates
        ? Optional.of(EtcdPki.ClientFiles.in(folder))
        : Optional.empty();
  }

  /// What its owner must know of the port; empty where it is closed to others, or as open as its owner asked etcd's flags for.
  Optional<String> openness() {
    return access instanceof EtcdAccess.ClearText
        ? Optional.of(
            "etcd is open in clear text (--etcd-insecure): every user and every program of this machine can read and change all"
                + " of it, Secrets and rights in Kubernetes included")
        : Optional.empty();
  }

  private TlsConfig ofOurs() throws IOException, GeneralSecurityException, StartException {
    Instant now = Instant.now();
    EtcdPki ours =
        folder == null ? EtcdPki.passing(at.host(), now) : EtcdPki.open(folder, at.host(), now);
    pki = ours;
    return config(ours.server()).withClients(ClientAuth.REQUIRE, ours.authority().certificates());
  }

  private static TlsFiles madeIfNeeded(TlsFiles files)
      throws IOException, GeneralSecurityException {
    if (files.made().isPresent()) {
      EtcdAccess.SelfSigned made = files.made().get();
      SelfSignedFiles.make(
          files.certificate(), files.key(), made.hosts(), made.years(), Instant.now());
    }
    return files;
  }

  private static TlsConfig ofUsers(TlsFiles files)
      throws IOException, GeneralSecurityException, StartException {
    TlsRules rules =
        files.revoked().isPresent()
            ? files.rules().withRevoked(Revocations.read(files.revoked().get()))
            : files.rules();
    TlsConfig config =
        config(UserPem.credential(files.certificate(), files.key())).withRules(rules);
    return files.trusted().isEmpty()
        ? config
        : config.withClients(
            ClientAuth.REQUIRE, List.copyOf(UserPem.authorities(files.trusted().get())));
  }

  private static TlsConfig config(Credential server) {
    return TlsConfig.of(new TlsIdentity(server.key(), server.chain()))
        .withEngine(TlsConfig.Engine.FASTEST);
  }
}
