package dev.pintle.kube.certificate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The names that a request for a certificate asks for: those of the subject that everybody knows, and the alternative names, both in the
/// order in which Go writes them. Whatever else is in it is passed over, as Go does.
public record RequestedNames(List<SubjectPart> subject, List<AlternativeName> alternatives) {
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SERIAL_NUMBER = "2.5.4.5";
  private static final String ORGANIZATION = "2.5.4.10";

  private static final List<String> SEVERAL =
      List.of("2.5.4.6", "2.5.4.8", "2.5.4.7", "2.5.4.9", "2.5.4.17", ORGANIZATION, "2.5.4.11");

  /// Of these the last one counts.
  private static final List<String> SINGLE = List.of(COMMON_NAME, SERIAL_NUMBER);

  /// All texts of a type.
  ///
  /// @param type an object identifier in dotted form
  public record SubjectPart(String type, List<String> texts) {
    public SubjectPart {
      texts = List.copyOf(texts);
    }
  }

  public RequestedNames {
    subject = List.copyOf(subject);
    alternatives = List.copyOf(alternatives);
  }

  /// @param texts of the subject, by type
  static RequestedNames of(Map<String, List<String>> texts, List<AlternativeName> alternatives) {
    List<SubjectPart> subject = new ArrayList<>();
    for (String type : SEVERAL) {
      List<String> all = texts.getOrDefault(type, List.of());
      if (!all.isEmpty()) {
        subject.add(new SubjectPart(type, all));
      }
    }
    for (String type : SINGLE) {
      String last = texts.getOrDefault(type, List.of("")).getLast();
      if (!last.isEmpty()) {
        subject.add(new SubjectPart(type, List.of(last)));
      }
    }
    List<AlternativeName> sorted =
        alternatives.stream().sorted(Comparator.comparing(AlternativeName::kind)).toList();
    return new RequestedNames(subject, sorted);
  }

  /// Empty for none.
  public String commonName() {
    List<String> texts = texts(COMMON_NAME);
    return texts.isEmpty() ? "" : texts.getFirst();
  }

  public List<String> organizations() {
    return texts(ORGANIZATION);
  }

  private List<String> texts(String type) {
    return subject.stream()
        .filter(part -> part.type().equals(type))
        .findFirst()
        .map(SubjectPart::texts)
        .orElse(List.of());
  }

  public boolean has(AlternativeName.Kind kind) {
    return alternatives.stream().anyMatch(name -> name.kind() == kind);
  }
}
