package io.clusterrecovery.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The policy that the documentation gives for an operation. */
record IamPolicy(JsonNode statements) {
  private static final Path PAGE = Path.of("../docs/aws.md");

  static IamPolicy documentedFor(Class<?> operation) throws IOException {
    String block = "(?s)### " + operation.getSimpleName() + "\n\n```json\n(.*?)```";
    Matcher found = Pattern.compile(block).matcher(Files.readString(PAGE));
    if (!found.find()) {
      throw new IllegalStateException("no policy of " + operation + " in " + PAGE);
    }
    return new IamPolicy(new ObjectMapper().readTree(found.group(1)).get("Statement"));
  }

  /** The actions that it allows, in one statement or in all. */
  Set<String> actions(String statement) {
    Set<String> actions = new TreeSet<>();
    for (JsonNode each : statements) {
      if (statement.isEmpty() || each.get("Sid").asText().equals(statement)) {
        each.get("Action").forEach(action -> actions.add(action.asText()));
      }
    }
    return actions;
  }
}
