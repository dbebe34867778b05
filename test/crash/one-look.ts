import type { Clients } from '../clients.ts';

type Command = { readonly input: object };
type Sending = { send(command: Command): Promise<unknown> };

/** Clients for one look at an account: what several of its parts ask for is asked for once. */
export function oneLook(clients: Clients): Clients {
  const answers = new Map<string, Promise<unknown>>();
  return new Proxy(clients, {
    get: (all, service) => askingOnce(String(service), Reflect.get(all, service), answers),
  });
}

function askingOnce(service: string, client: Sending, answers: Map<string, Promise<unknown>>): Sending {
  const send = (command: Command): Promise<unknown> => {
    const question = `${service} ${command.constructor.name} ${JSON.stringify(command.input)}`;
    const answer = answers.get(question) ?? client.send(command);
    answers.set(question, answer);
    return answer;
  };
  return new Proxy(client, { get: (target, key) => (key === 'send' ? send : Reflect.get(target, key)) });
}
