package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same file, read by OpenSSH's own client. */
class SshConfigIT {
  private static final String CONFIG =
      """
      # what everybody has
      User=first
      Host master-* !master-9
        HostName %h.example.com
        Port 2222
        IdentityFile ~/.ssh/one
        UserKnownHostsFile /k/a "/k/b c"
      Host master-9 "quoted"
        HostName 10.0.0.9
        ProxyJump me@outer:2200,inner
      Match originalhost master-1
        Include DIR/more/*.conf
        HostKeyAlias one
      Match host *.example.com
        IdentityFile %d/two
        IdentitiesOnly yes
      Host 10.0.?.1
        Port = 2223
      Host *
        Port 2224
        User last
        ProxyJump none
        IdentityFile /three # the last
        GlobalKnownHostsFile /g/a
      """;

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {"master-0", "master-1", "master-9", "master-10", "quoted", "10.0.5.1", "other"})
  void read_everyHost_agreesWithSsh(String host) throws IOException {
    Files.createDirectories(dir.resolve("more"));
    Files.writeString(dir.resolve("more/a.conf"), "Port 2300\nIdentityFile /a\n");
    Files.writeString(dir.resolve("more/b.conf"), "Host nobody\n  IdentityFile /b\n");
    Path file = Files.writeString(dir.resolve("config"), CONFIG.replace("DIR", dir.toString()));
    List<String> ssh =
        Keygen.run(Map.of(), "ssh", "-G", "-F", file.toString(), host).lines().toList();

    SshConfig config = SshConfig.read(host, List.of(file), dir);

    assertThat(List.of(config.hostName())).isEqualTo(values(ssh, "hostname"));
    for (String keyword : List.of("user", "port", "hostkeyalias", "identitiesonly")) {
      List<String> expected = values(ssh, keyword);
      assertThat(config.first(keyword).orElse("no")).as(keyword).isIn(or(expected, "no"));
    }
    assertThat(config.all("identityfile")).isEqualTo(values(ssh, "identityfile"));
    assertThat(config.first("proxyjump").filter(j -> !"none".equals(j)).stream().toList())
        .isEqualTo(values(ssh, "proxyjump"));
    assertThat(String.join(" ", config.firstList("globalknownhostsfile")))
        .isEqualTo(values(ssh, "globalknownhostsfile").get(0));
    List<String> known = config.firstList("userknownhostsfile");
    if (!known.isEmpty()) {
      assertThat(String.join(" ", known)).isEqualTo(values(ssh, "userknownhostsfile").get(0));
    }
  }

  private static List<String> or(List<String> values, String otherwise) {
    return values.isEmpty() ? List.of(otherwise) : values;
  }

  private static List<String> values(List<String> ssh, String keyword) {
    return ssh.stream()
        .filter(l -> l.startsWith(keyword + " "))
        .map(l -> l.substring(keyword.length() + 1))
        .toList();
  }
}
