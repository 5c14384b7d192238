package dev.pintle.rules;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of others that a class file mentions.
///
/// @param types internal names (`java/util/List`), also of types that stand only in a signature or an annotation
/// @param members fields and methods, as `owner.name` followed by the descriptor
record References(Set<String> types, Set<String> members) {
  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L((?:[\\w$]+/)+[\\w$]+)[;<]");

  static References of(ClassModel model) {
    Set<String> types = new TreeSet<>();
    Set<String> members = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      // The pool's kinds are the JDK's; the other ones name nothing.
      switch (entry) {
        case ClassEntry type -> addType(type.asInternalName(), types);
        case MemberRefEntry member ->
            members.add(
                member.owner().asInternalName()
                    + "."
                    + member.name().stringValue()
                    + member.type().stringValue());
        case Utf8Entry text -> addDescriptors(text.stringValue(), types);
        default -> {}
      }
    }
    return new References(types, members);
  }

  private static void addType(String name, Set<String> types) {
    if (name.startsWith("[")) {
      addDescriptors(name, types);
    } else {
      types.add(name);
    }
  }

  private static void addDescriptors(String text, Set<String> types) {
    Matcher found = IN_DESCRIPTOR.matcher(text);
    while (found.find()) {
      types.add(found.group(1));
    }
  }
}
