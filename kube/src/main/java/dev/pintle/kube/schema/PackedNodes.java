package dev.pintle.kube.schema;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.schema.FieldFacts.Patch;
import dev.pintle.kube.schema.FieldFacts.Wording;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/// The nodes of a packed file, each made when first asked for.
final class PackedNodes {
  private static final ValueKind[] KINDS = ValueKind.values();
  private static final ListType[] LIST_TYPES = ListType.values();
  private static final OmitPolicy[] POLICIES = OmitPolicy.values();
  private static final PatchStrategy[] STRATEGIES = PatchStrategy.values();

  private final ByteBuffer section;
  private final PackedTexts texts;
  private final IntFunction<String> descriptions;
  private final AtomicReferenceArray<SchemaNode> made;

  PackedNodes(ByteBuffer section, PackedTexts texts, IntFunction<String> descriptions) {
    this.section = section;
    this.texts = texts;
    this.descriptions = descriptions;
    this.made = new AtomicReferenceArray<>(section.getInt(0));
  }

  SchemaNode node(int number) {
    SchemaNode known = made.get(number);
    if (known != null) {
      return known;
    }
    SchemaNode read = read(PackedRecordReader.of(section, number, texts));
    return made.compareAndSet(number, null, read) ? read : made.get(number);
  }

  private SchemaNode read(PackedRecordReader record) {
    ValueKind kind = KINDS[record.number()];
    String name = record.text();
    Ownership ownership = new Ownership(LIST_TYPES[record.number()], record.texts(), record.flag());
    List<String> enumeration = record.texts();
    // The rest is read when the node is first looked into, by whoever comes, from where this record
    // stands now.
    return new SchemaNode(
        new SchemaNode.Head(kind, name, ownership, rules(enumeration)), () -> parts(record.copy()));
  }

  private static ValueRules rules(List<String> enumeration) {
    if (enumeration.isEmpty()) {
      return ValueRules.NONE;
    }
    ValueRules none = ValueRules.NONE;
    List<Json> values = enumeration.stream().map(Json::of).toList();
    return new ValueRules(
        "",
        false,
        values,
        none.number(),
        none.text(),
        none.parts(),
        none.combined(),
        none.extensions(),
        none.inPlaceOfNull());
  }

  private SchemaNode.Parts parts(PackedRecordReader record) {
    int items = record.number();
    int description = record.number();
    int count = record.number();
    List<Field> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fields.add(field(record));
    }
    return new SchemaNode.Parts(
        new FieldTable(fields),
        items == 0 ? null : () -> node(items - 1),
        () -> descriptions.apply(description));
  }

  private Field field(PackedRecordReader record) {
    String name = record.text();
    int node = record.number();
    OmitPolicy omitPolicy = POLICIES[record.number()];
    boolean required = record.flag();
    Patch patch = patch(record.number(), record.text());
    List<Integer> protoPath = record.numbers();
    Json defaultValue = Literals.read(record.text());
    int description = record.number();
    Wording wording = new Wording(defaultValue, () -> descriptions.apply(description));
    return new Field(
        name, () -> node(node), new FieldFacts(omitPolicy, required, patch, protoPath, wording));
  }

  private static Patch patch(int bits, String mergeKey) {
    if (bits == 0 && mergeKey.isEmpty()) {
      return Patch.DEFAULT;
    }
    Set<PatchStrategy> strategies = EnumSet.noneOf(PatchStrategy.class);
    for (int bit = 0; bit < STRATEGIES.length; bit++) {
      if ((bits & (1 << bit)) != 0) {
        strategies.add(STRATEGIES[bit]);
      }
    }
    return new Patch(strategies, mergeKey.isEmpty() ? null : mergeKey);
  }
}
