import { expect, test } from 'vitest';
import { problemsAfter, type Edits } from './checked.ts';

test.each<readonly [string, Edits, readonly string[]]>([
  [
    'memory that the smallest task does not have',
    { 'cpu: 512': 'cpu: 256', 'memory: 1024': 'memory: 4096' },
    ['container.memory: Fargate has no 4096 MiB with cpu: 256; it has 512, 1024, 2048'],
  ],
  [
    'memory between two steps',
    { 'memory: 1024': 'memory: 1536' },
    ['container.memory: Fargate has no 1536 MiB with cpu: 512; it has 1024 to 4096 in steps of 1024'],
  ],
  [
    'a large task with too little memory',
    { 'cpu: 512': 'cpu: 8192', 'memory: 1024': 'memory: 8192' },
    ['container.memory: Fargate has no 8192 MiB with cpu: 8192; it has 16384 to 61440 in steps of 4096'],
  ],
  [
    'a processor that Fargate does not have',
    { 'cpu: 512': 'cpu: 768' },
    ['container.cpu: expected one of 256, 512, 1024, 2048, 4096, 8192, 16384, found the number 768'],
  ],
  [
    'sidecars, X-Ray’s among them, that take everything',
    { 'cpu: 64, memory: 128': 'cpu: 480, memory: 768' },
    [
      'container.cpu: 512 leaves nothing for app: proxy, xray-daemon take 512',
      'container.memory: 1024 leaves nothing for app: proxy, xray-daemon take 1024',
    ],
  ],
  [
    'a sidecar with the name of the container',
    { 'name: proxy': 'name: app' },
    ['sidecars[0].name: app is the container of the service; take another name'],
  ],
  [
    'a sidecar on the port of the container',
    { '9901/tcp': '8080/tcp' },
    ['sidecars[0].port: 8080/tcp is the port of app already'],
  ],
  [
    'a port that does not exist',
    { '9901/tcp': '99010/tcp' },
    ['sidecars[0].port: 99010/tcp: ports end at 65535'],
  ],
  [
    'two sidecars of one name',
    { '  replicas:': '    - {name: proxy, image: envoy}\n  replicas:' },
    ['sidecars[1]: has the same name as spec.sidecars[0]'],
  ],
  [
    'tracing beside an X-Ray daemon of another name',
    { '9901/tcp': '2000/udp' },
    [
      'tracing: adds xray-daemon on 2000/udp, which is the port of proxy; if that is an X-Ray daemon call it xray-daemon',
    ],
  ],
  [
    'a name that no variable has',
    { 'LOG_LEVEL: info': '"LOG LEVEL": info' },
    ['container.environment["LOG LEVEL"]: is no name of an environment variable'],
  ],
  [
    'a variable that is a secret too',
    { 'LOG_LEVEL: info': 'API_KEY: abc' },
    ['container.secrets.API_KEY: API_KEY is in container.environment already'],
  ],
  [
    'credentials of AWS',
    { 'LOG_LEVEL: info': 'AWS_SECRET_ACCESS_KEY: abc' },
    [
      'container.environment.AWS_SECRET_ACCESS_KEY: no credentials here: ECS gives the program those of the task role, see permissions',
    ],
  ],
  [
    'credentials of AWS in a sidecar',
    { 'port: 9901/tcp': 'environment: {AWS_ACCESS_KEY_ID: abc}' },
    [
      'sidecars[0].environment.AWS_ACCESS_KEY_ID: no credentials here: ECS gives the program those of the task role, see permissions',
    ],
  ],
  [
    'a writable path where everything is writable',
    { 'readOnlyRootFilesystem: true': 'readOnlyRootFilesystem: false' },
    [
      'container.writablePaths: only with readOnlyRootFilesystem: true; without it everything can be written to',
    ],
  ],
  [
    'a writable path inside another',
    { '/var/cache': '/tmp/cache' },
    ['container.writablePaths[1]: /tmp/cache is in /tmp, which can be written to already'],
  ],
  [
    'root',
    { '1000:1000': '0' },
    [
      'container.user: expected a user id other than 0, or one with a group id, in quotes, like "1000:1000", found the text "0"',
    ],
  ],
  [
    'a health check that is no list of its form',
    { 'CMD-SHELL, curl -f http': 'curl, http' },
    ['container.healthCheck.command: must begin with CMD, or with CMD-SHELL and one line for a shell'],
  ],
  [
    'several lines for a shell',
    { 'curl -f http': 'curl, -f, http' },
    [
      'container.healthCheck.command: CMD-SHELL takes one line for a shell; for words by themselves write CMD',
    ],
  ],
  [
    'a health check that waits too long',
    { 'timeout: 10s': 'timeout: 90s, interval: 4s, startPeriod: 6m' },
    [
      'container.healthCheck.interval: 4s is not from 5s to 5m',
      'container.healthCheck.startPeriod: 6m is not from 0s to 5m',
      'container.healthCheck.timeout: 90s is not from 2s to 1m',
    ],
  ],
  [
    'an image that is described twice',
    { 'tag: "1.4.2"}': 'uri: nginx}' },
    ['image: exactly one of repository and uri must be given, found repository and uri'],
  ],
  [
    'a repository without a tag',
    { ', tag: "1.4.2"': '' },
    ['image: repository needs tag, like {repository: api, tag: "1.4.2"}'],
  ],
  [
    'a tag beside any image, and images to delete that are not the object’s',
    { 'repository: fintech/api': 'uri: nginx', 'tracing: true': 'deleteImages: true' },
    [
      'deleteImages: only with image.repository',
      'image.tag: only with image.repository; write the tag into uri',
    ],
  ],
  [
    'a shell in containers that cannot write their files',
    { 'tracing: true': 'tracing: true\n  executeCommand: true' },
    [
      'executeCommand: not with container.readOnlyRootFilesystem: true: ECS Exec needs to write files in the container',
    ],
  ],
  [
    'the tag latest',
    { '"1.4.2"': 'latest' },
    ['image.tag: latest cannot be moved to another image here; give every image a tag of its own'],
  ],
])('Of a task is refused: %s', (_, edits, problems) => {
  expect(problemsAfter(edits)).toEqual(problems);
});
