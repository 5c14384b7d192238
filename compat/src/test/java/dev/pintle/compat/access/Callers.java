package dev.pintle.compat.access;

import java.util.List;

/// Everybody who asks; what each may do is in [Fixtures].
final class Callers {
  static final Caller ANONYMOUS = new Caller("nobody", Caller.Kind.ANONYMOUS, "", List.of());
  static final Caller WRONG = new Caller("a wrong token", Caller.Kind.WRONG, "", List.of());
  static final Caller MASTER = Caller.admin("admin");
  static final Caller OTHER_MASTER =
      Caller.admin(
          "other-master", "Impersonate-User", "other", "Impersonate-Group", "system:masters");
  static final Caller RIGHTLESS = Caller.user("rightless");
  static final Caller EVERYTHING = Caller.user("everything");
  static final Caller WRITER = Caller.user("writer");
  static final Caller PATCHER = Caller.user("patcher");
  static final Caller CREATOR = Caller.user("creator");
  static final Caller NAMED = Caller.user("named");
  static final Caller PARTS = Caller.user("parts");
  static final Caller GIVER = Caller.user("giver");
  static final Caller BINDER = Caller.user("binder");
  static final Caller ESCALATOR = Caller.user("escalator");
  static final Caller ESCALATOR_OF_ONE = Caller.user("escalator-of-one");
  static final Caller APPROVER = Caller.user("approver");
  static final Caller APPROVER_OF_DOMAIN = Caller.user("approver-of-domain");
  static final Caller SIGNER = Caller.user("signer");
  static final Caller CERTIFIER = Caller.user("certifier");

  private static final String ACTOR = "access-a/actor";
  private static final String LIMITED = "access-a/limited";
  private static final String CONSTRAINED = "access-a/constrained";

  /// Service accounts, each with a token.
  static final List<String> ACCOUNTS = List.of("access-a/robot", ACTOR, LIMITED, CONSTRAINED);

  /// Those who ask for everything.
  static final List<Caller> ALL =
      List.of(
          ANONYMOUS,
          RIGHTLESS,
          Caller.user("reader-here"),
          Caller.user("reader"),
          NAMED,
          WRITER,
          PATCHER,
          CREATOR,
          Caller.user("remover"),
          Caller.user("lister"),
          Caller.user("watcher"),
          PARTS,
          Caller.user("core"),
          Caller.user("paths"),
          Caller.user("lost"),
          Caller.admin(
              "by-group", "Impersonate-User", "someone", "Impersonate-Group", "access-readers"),
          Caller.admin(
              "a-node", "Impersonate-User", "system:node:n1", "Impersonate-Group", "system:nodes"),
          Caller.account("access-a/robot"),
          Caller.acting(ACTOR, "Impersonate-User", "reader"),
          Caller.acting(LIMITED, "Impersonate-User", "reader"),
          EVERYTHING,
          OTHER_MASTER,
          MASTER);

  /// Those who differ most: where everybody would be too many.
  static final List<Caller> FEW =
      List.of(
          ANONYMOUS,
          RIGHTLESS,
          Caller.user("reader-here"),
          Caller.user("reader"),
          NAMED,
          WRITER,
          PATCHER,
          CREATOR,
          Caller.user("lost"),
          Caller.user("core"),
          Caller.account("access-a/robot"),
          EVERYTHING,
          MASTER);

  /// Those who want to be somebody else, in every way that there is.
  static final List<Caller> ACTORS =
      List.of(
          WRONG,
          Caller.acting(ACTOR, "Impersonate-User", "reader", "Impersonate-Group", "access-readers"),
          Caller.acting(ACTOR, "Impersonate-User", "x", "Impersonate-Group", "system:masters"),
          Caller.acting(ACTOR, "Impersonate-User", "reader", "Impersonate-Uid", "1"),
          Caller.acting(ACTOR, "Impersonate-User", "reader", "Impersonate-Extra-scopes", "a"),
          Caller.acting(ACTOR, "Impersonate-User", "system:serviceaccount:access-a:robot"),
          Caller.acting(ACTOR, "Impersonate-User", "system:serviceaccount:access-b:robot"),
          Caller.acting(ACTOR, "Impersonate-User", "system:node:n1"),
          Caller.acting(ACTOR, "Impersonate-User", "system:anonymous"),
          Caller.acting(ACTOR, "Impersonate-Group", "access-readers"),
          Caller.acting(LIMITED, "Impersonate-User", "rightless"),
          Caller.acting(LIMITED, "Impersonate-User", "everything"),
          Caller.acting(LIMITED, "Impersonate-User", "reader", "Impersonate-Group", "g"),
          Caller.acting(LIMITED, "Impersonate-User", "system:serviceaccount:access-a:robot"),
          Caller.acting(CONSTRAINED, "Impersonate-User", "reader"),
          Caller.acting(CONSTRAINED, "Impersonate-User", "everything"),
          Caller.acting(
              CONSTRAINED, "Impersonate-User", "reader", "Impersonate-Group", "access-readers"),
          Caller.acting(
              CONSTRAINED, "Impersonate-User", "reader", "Impersonate-Group", "system:masters"),
          Caller.acting(CONSTRAINED, "Impersonate-User", "system:node:n1"),
          Caller.acting(CONSTRAINED, "Impersonate-User", "system:serviceaccount:access-a:robot"),
          Caller.acting("access-a/robot", "Impersonate-User", "reader"),
          Caller.acting("access-a/robot", "Impersonate-User", ""),
          Caller.admin("nobody-named", "Impersonate-Group", "g"));

  /// Those who give rights away.
  static final List<Caller> GIVERS =
      List.of(
          RIGHTLESS,
          GIVER,
          BINDER,
          ESCALATOR,
          ESCALATOR_OF_ONE,
          EVERYTHING,
          WRITER,
          PATCHER,
          CREATOR,
          MASTER);

  /// Those who have to do with certificates.
  static final List<Caller> CERTIFIERS =
      List.of(
          RIGHTLESS, CERTIFIER, APPROVER, APPROVER_OF_DOMAIN, SIGNER, PARTS, EVERYTHING, MASTER);

  private Callers() {}
}
