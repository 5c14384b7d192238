package dev.pintle.schema;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The file that kube reads at start.
///
/// Magic and version, then sections, each with its length before it: texts, definitions by name,
/// nodes, groups, resources. Nodes and resources are records with an offset table before them, so
/// that each is read alone and on demand.
final class TypesFile {
  private static final int MAGIC = 0x5054_5950;
  private static final int VERSION = 1;

  private final TextPool texts = new TextPool();
  private final TextPool descriptions = new TextPool();
  private final List<byte[]> sections = new ArrayList<>();

  TypesFile(Map<String, TypeDef> types, List<ResourceDef> resources, List<GroupFacts> tables)
      throws IOException {
    NodeWriter nodes = new NodeWriter(texts, descriptions, types);
    PackedRecordWriter names = new PackedRecordWriter(texts).number(types.size());
    types.keySet().forEach(name -> names.text(name).number(nodes.definition(name)));
    ResourceWriter writer = new ResourceWriter(texts, nodes);
    byte[] resourceSection = table(resources.stream().map(writer::record).toList());
    PackedRecordWriter groups = new PackedRecordWriter(texts);
    List<GroupFacts> served = tables.stream().filter(table -> !table.hidden).toList();
    groups.number(served.size());
    served.forEach(table -> groups.text(table.group).text(table.version));
    sections.addAll(
        List.of(
            texts.section(),
            names.bytes(),
            table(nodes.records()),
            groups.bytes(),
            resourceSection));
  }

  byte[] types() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    for (byte[] section : sections) {
      out.writeInt(section.length);
      out.write(section);
    }
    return bytes.toByteArray();
  }

  /// Apart, because only readers of documentation need them.
  byte[] descriptions() throws IOException {
    return descriptions.section();
  }

  private static byte[] table(List<byte[]> records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(records.size());
    int offset = 0;
    for (byte[] record : records) {
      out.writeInt(offset);
      offset += record.length;
    }
    for (byte[] record : records) {
      out.write(record);
    }
    return bytes.toByteArray();
  }
}
