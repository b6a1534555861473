package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningPortsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LISTEN 0 128 0.0.0.0:9943 0.0.0.0:*                                 | true",
        "LISTEN 0 4096 *:9943 *:*                                            | true",
        "LISTEN 0 4096 [::]:9943 [::]:*                                      | true",
        "LISTEN 0 5 10.0.143.125:9943 0.0.0.0:* users:((\"python3\",pid=7))  | true",
        "LISTEN 0 5 127.0.0.53%lo:9943 0.0.0.0:*                             | true",
        "LISTEN 0 128 0.0.0.0:19943 0.0.0.0:*                                | false",
        "LISTEN 0 128 0.0.0.0:99430 0.0.0.0:*                                | false",
        "LISTEN 0 9943 0.0.0.0:22 0.0.0.0:*                                  | false",
        "LISTEN 0 128 0.0.0.0:22 10.0.0.1:9943                               | false",
        "ESTAB 0 0 10.0.1.1:9943 10.0.0.1:50000                              | false",
        "State Recv-Q Send-Q Local Address:Port Peer Address:Port 9943       | false",
      })
  void has_onlyTheExactLocalPortThatIsListenedOn(String line, boolean listens) {
    String printed = "State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n" + line + "\n";
    assertThat(ListeningPorts.parse(printed).has(9943)).isEqualTo(listens);
  }
}
