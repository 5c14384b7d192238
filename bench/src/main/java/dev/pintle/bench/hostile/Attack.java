package dev.pintle.bench.hostile;

/// The behaviour of one client that no honest client would show.
///
/// @param preparation what must be there before; not measured
/// @param right a regular expression for each answer that is right: what else comes is a finding
public record Attack(String name, Act preparation, Act act, String right) {
  static final Act NOTHING = _ -> {};

  /// Answered or refused, and never by a fault of the server.
  static final String ANSWERED = "2\\d\\d|4\\d\\d";

  /// Refused, or the connection was ended for it.
  static final String REFUSED = "4\\d\\d|closed";

  /// A part of an attack.
  @FunctionalInterface
  public interface Act {
    void on(AttackRun strike) throws Exception;
  }

  static Attack of(String name, Act act, String right) {
    return new Attack(name, NOTHING, act, right);
  }

  /// Does it once, with nobody beside.
  ///
  /// @throws Exception when the attack itself could not be carried out
  public AnswerCounts on(AttackedServer victim, AttackScale effort) throws Exception {
    AnswerCounts answers = new AnswerCounts();
    try (AttackRun strike = new AttackRun(victim, effort, answers)) {
      preparation.on(strike);
      act.on(strike);
    }
    return answers;
  }

  Attack after(Act wanted) {
    return new Attack(name, wanted, act, right);
  }

  @Override
  public String toString() {
    return name;
  }
}
