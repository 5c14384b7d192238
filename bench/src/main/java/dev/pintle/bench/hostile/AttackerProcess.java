package dev.pintle.bench.hostile;

import dev.pintle.bench.process.BackgroundJvm;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/// The attacker as a process of its own, so that neither its garbage nor its compiler stops the client that behaves. On other
/// machines than this it would be at the cost of processors of its own: all of it comes after the probe and the servers.
final class AttackerProcess implements AutoCloseable {
  private final Process process;
  private final DataOutputStream commands;
  private final DataInputStream answers;

  private AttackerProcess(Process process) {
    this.process = process;
    this.commands = new DataOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(process.getInputStream());
  }

  static AttackerProcess start(AttackedServer victim, AttackScale effort)
      throws IOException, InterruptedException {
    AttackerProcess attacker = new AttackerProcess(BackgroundJvm.start(Attacker.class));
    try {
      Attacker.tell(attacker.commands, victim, effort);
      return attacker;
    } catch (IOException ended) {
      attacker.close();
      throw ended;
    }
  }

  /// @throws IOException when the attack itself could not be carried out
  void prepare(Attack attack) throws IOException {
    var _ = order(Attacker.Order.PREPARE, attack);
  }

  AnswerCounts act(Attack attack) throws IOException {
    return order(Attacker.Order.ACT, attack);
  }

  private AnswerCounts order(Attacker.Order order, Attack attack) throws IOException {
    commands.writeUTF(order.name());
    commands.writeUTF(attack.name());
    commands.flush();
    try {
      return AnswerCounts.read(answers);
    } catch (EOFException ended) {
      throw new IOException(
          "%s: the attacker's process ended (expected: counts of answers; what it said stands above)"
              .formatted(attack),
          ended);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
