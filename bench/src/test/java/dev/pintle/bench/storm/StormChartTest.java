package dev.pintle.bench.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class StormChartTest {
  private final String picture = StormChart.of("10 000 Jobs <&\"", Storms.OURS, Storms.four());

  @Test
  void itIsAWholeDocumentWithItsTitle() throws Exception {
    Element svg = parsed().getDocumentElement();
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getAttribute("aria-label")).isEqualTo("10 000 Jobs <&\"");
  }

  @Test
  void itHasColoursForTheLightAndForTheDark() {
    assertThat(picture).contains("@media (prefers-color-scheme: dark)");
  }

  @Test
  void aStormIsABarOfJobsAndALineOfEachClass() throws Exception {
    int storms = Storms.four().size();
    assertThat(elements("rect")).hasSize(1 + storms);
    assertThat(elements("circle")).hasSize(storms * Traffic.values().length);
  }

  @Test
  void nothingIsDrawnOutsideOfIt() throws Exception {
    Element svg = parsed().getDocumentElement();
    double width = Double.parseDouble(svg.getAttribute("width"));
    double height = Double.parseDouble(svg.getAttribute("height"));
    for (Element text : elements("text")) {
      assertThat(Double.parseDouble(text.getAttribute("x"))).isBetween(0.0, width - 30);
      assertThat(Double.parseDouble(text.getAttribute("y"))).isBetween(0.0, height);
    }
    for (Element circle : elements("circle")) {
      assertThat(Double.parseDouble(circle.getAttribute("cx"))).isBetween(0.0, width);
    }
  }

  @Test
  void aClassThatNobodyMeasuredIsSaidToBeNone() {
    StormOutcome nothing =
        new StormOutcome(new BurstOutcome(0, 0, 0, 0, new StormFigures()), new StormFigures(), 0);
    StormRun run = new StormRun(Storms.OURS, Fairness.OFF, nothing, 0, 0);
    assertThat(StormChart.of("nothing", Storms.OURS, List.of(run))).contains(">none<");
  }

  private List<Element> elements(String name) throws Exception {
    NodeList found = parsed().getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private Document parsed() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(picture)));
  }
}
