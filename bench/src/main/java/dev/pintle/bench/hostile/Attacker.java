package dev.pintle.bench.hostile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The program of an [AttackerProcess]: carries out the attacks whose names it is told, until nobody tells it more.
public final class Attacker {
  private static final Duration PREPARATION_MAX = Duration.ofMinutes(2);

  private final AttackedServer victim;
  private final AttackScale effort;

  private Attacker(AttackedServer victim, AttackScale effort) {
    this.victim = victim;
    this.effort = effort;
  }

  /// The part of an attack that the process is told to carry out.
  enum Order {
    PREPARE,
    ACT
  }

  public static void main(String[] arguments) throws Exception {
    DataInputStream orders = new DataInputStream(System.in);
    DataOutputStream answers = new DataOutputStream(System.out);
    System.setOut(System.err); // the answers alone go there
    Attacker attacker = new Attacker(victim(orders), effort(orders));
    try {
      while (true) {
        Order order = Order.valueOf(orders.readUTF());
        attacker.carryOut(order, orders.readUTF()).write(answers);
        answers.flush();
      }
    } catch (EOFException nobodyTellsMore) {
      Runtime.getRuntime().halt(0);
    }
  }

  /// Tells a process whom it is to attack, and how hard; read by [#main].
  static void tell(DataOutputStream orders, AttackedServer victim, AttackScale effort)
      throws IOException {
    orders.writeUTF(victim.kube());
    orders.writeUTF(victim.token());
    orders.writeUTF(victim.etcd());
    orders.writeInt(victim.pids().size());
    for (long pid : victim.pids()) {
      orders.writeLong(pid);
    }
    orders.writeLong(effort.time().toNanos());
    orders.writeDouble(effort.share());
    orders.writeInt(effort.clientsMax());
    orders.flush();
  }

  private static AttackedServer victim(DataInputStream orders) throws IOException {
    String kube = orders.readUTF();
    String token = orders.readUTF();
    String etcd = orders.readUTF();
    List<Long> pids = new ArrayList<>();
    for (int left = orders.readInt(); left > 0; left--) {
      pids.add(orders.readLong());
    }
    return new AttackedServer(kube, token, etcd, pids);
  }

  private static AttackScale effort(DataInputStream orders) throws IOException {
    Duration time = Duration.ofNanos(orders.readLong());
    return new AttackScale(
        Duration.ZERO, Duration.ZERO, time, orders.readDouble(), orders.readInt(), 0);
  }

  private AnswerCounts carryOut(Order order, String name) throws Exception {
    Attack attack = Catalogue.attack(name);
    AnswerCounts counts = new AnswerCounts();
    switch (order) {
      case PREPARE -> {
        try (AttackRun before = new AttackRun(victim, effort.within(PREPARATION_MAX), counts)) {
          attack.preparation().on(before);
        }
      }
      case ACT -> {
        try (AttackRun strike = new AttackRun(victim, effort, counts)) {
          attack.act().on(strike);
        }
      }
    }
    return counts;
  }
}
